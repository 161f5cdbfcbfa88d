package dev.kodo.kernel.run;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;

/**
 * Ctrl-C and its relatives. A shutdown hook would not do: it cannot tell a second Ctrl-C. The class
 * of the JDK for this is outside its supported interface, hence the reflection.
 */
public final class Signals {
  private Signals() {}

  /** Calls the first action once, at INT, TERM or HUP, and the second one at each further INT. */
  public static void onStop(Runnable stop, Runnable kill) {
    StopRequests requests = new StopRequests(stop, kill);
    for (String name : List.of("INT", "TERM", "HUP")) {
      install(name, () -> requests.received(name));
    }
  }

  private static void install(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  action.run();
                }
                return null;
              });
      Method handle = signal.getMethod("handle", signal, handler);
      handle.invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ReflectiveOperationException | IllegalArgumentException unavailable) {
      Runtime.getRuntime().addShutdownHook(new Thread(action));
    }
  }
}
