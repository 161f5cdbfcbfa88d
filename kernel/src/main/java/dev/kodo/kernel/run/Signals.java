package dev.kodo.kernel.run;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Ctrl-C and its relatives. A shutdown hook would not do: it cannot tell a second Ctrl-C. The class
 * of the JDK for this is outside its supported interface, hence the reflection.
 */
public final class Signals {
  private Signals() {}

  /** Calls the handler with 1 at the first signal, 2 at the second, and so on. */
  public static void onStop(IntConsumer handler) {
    AtomicInteger count = new AtomicInteger();
    for (String name : List.of("INT", "TERM", "HUP")) {
      install(name, () -> handler.accept(count.incrementAndGet()));
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
