package dev.kodo.kernel.guard.http;

/** A request with its whole body. */
public final class Request {
  private final String method;
  private final String target;
  private final Headers headers;
  private final byte[] body;

  Request(String method, String target, Headers headers, byte[] body) {
    this.method = method;
    this.target = target;
    this.headers = headers;
    this.body = body;
  }

  public String method() {
    return method;
  }

  /** As it stands in the request line, not decoded. */
  public String target() {
    return target;
  }

  public Headers headers() {
    return headers;
  }

  /** The bytes themselves, not a copy: they may be megabytes. */
  public byte[] body() {
    return body;
  }
}
