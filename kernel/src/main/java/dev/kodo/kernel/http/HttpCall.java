package dev.kodo.kernel.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One HTTP call, never repeated behind the caller's back. {@code HttpURLConnection} because it
 * loads far fewer classes than {@code java.net.http}: short commands must stay short.
 */
public final class HttpCall {
  private static final int LIMIT = 8 << 20;

  private String method;
  private final String address;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private Duration timeout = Duration.ofSeconds(5);
  private byte[] body = {};

  private HttpCall(String method, String address) {
    this.method = method;
    this.address = address;
    headers.put("Connection", "close");
    headers.put("Accept", "application/json");
  }

  public static HttpCall get(String address) {
    return new HttpCall("GET", address);
  }

  public static HttpCall post(String address, String json) {
    return post(address, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  public static HttpCall post(String address, String type, byte[] body) {
    HttpCall call = new HttpCall("POST", address);
    call.headers.put("Content-Type", type);
    call.body = body.clone();
    return call;
  }

  public static HttpCall put(String address, String json) {
    HttpCall call = post(address, json);
    call.method = "PUT";
    return call;
  }

  public static HttpCall delete(String address) {
    return new HttpCall("DELETE", address);
  }

  public HttpCall header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** For a server that fails when it is asked to close; the connection ends all the same. */
  public HttpCall withoutClose() {
    headers.remove("Connection");
    return this;
  }

  /** Longest wait for the connection, and again for the answer. */
  public HttpCall timeout(Duration longest) {
    timeout = longest;
    return this;
  }

  /** Status and text of the answer, whatever the status is. */
  public HttpAnswer send() throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(address).toURL().openConnection(Proxy.NO_PROXY);
    try {
      connection.setRequestMethod(method);
      connection.setConnectTimeout((int) timeout.toMillis());
      connection.setReadTimeout((int) timeout.toMillis());
      connection.setInstanceFollowRedirects(false);
      headers.forEach(connection::setRequestProperty);
      if (!method.equals("GET")) {
        upload(connection);
      }
      int status = connection.getResponseCode();
      return new HttpAnswer(status, text(connection, status));
    } finally {
      connection.disconnect();
    }
  }

  /** A body of fixed length is the one case in which the JDK does not repeat a failed POST. */
  private void upload(HttpURLConnection connection) throws IOException {
    connection.setDoOutput(true);
    connection.setFixedLengthStreamingMode(body.length);
    try (OutputStream out = connection.getOutputStream()) {
      out.write(body);
    }
  }

  private static String text(HttpURLConnection connection, int status) throws IOException {
    try (InputStream stream =
        status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      return stream == null ? "" : new String(stream.readNBytes(LIMIT), StandardCharsets.UTF_8);
    }
  }
}
