package dev.kodo.kernel.model;

/** An endpoint that was found: a local server, or a hosted one whose key is in the environment. */
public record ModelEndpoint(String title, String baseUrl, String model, String apiKeyEnv) {}
