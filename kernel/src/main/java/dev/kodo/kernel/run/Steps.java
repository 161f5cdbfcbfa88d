package dev.kodo.kernel.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** The slow steps of a start, for whoever shows them. */
final class Steps {
  private final Runnable onChange;
  private final List<Step> steps = new ArrayList<>();

  Steps(Runnable onChange) {
    this.onChange = onChange;
  }

  /** One step; its end is told by {@link #done} or {@link #failed}. */
  final class Step {
    private final String title;
    private final long started = System.nanoTime();
    private String state = "running";
    private String detail = "";
    private long millis;

    private Step(String title) {
      this.title = title;
    }

    void detail(String text) {
      change(state, text);
    }

    void done(String text) {
      change("done", text);
    }

    void failed(String text) {
      change("failed", text);
    }

    private void change(String newState, String text) {
      synchronized (Steps.this) {
        millis = elapsed();
        state = newState;
        detail = text;
      }
      onChange.run();
    }

    private long elapsed() {
      return state.equals("running") ? (System.nanoTime() - started) / 1_000_000 : millis;
    }
  }

  Step begin(String title) {
    Step step = new Step(title);
    synchronized (this) {
      steps.add(step);
    }
    onChange.run();
    return step;
  }

  synchronized void write(ArrayNode array) {
    for (Step step : steps) {
      ObjectNode json = array.addObject();
      json.put("title", step.title).put("state", step.state).put("detail", step.detail);
      json.put("millis", step.elapsed());
    }
  }
}
