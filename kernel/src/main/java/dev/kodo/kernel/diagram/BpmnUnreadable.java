package dev.kodo.kernel.diagram;

/** A file is no BPMN diagram that could be drawn; the message is a clause that says why. */
public final class BpmnUnreadable extends Exception {
  private static final long serialVersionUID = 1L;

  BpmnUnreadable(String why) {
    super(why);
  }
}
