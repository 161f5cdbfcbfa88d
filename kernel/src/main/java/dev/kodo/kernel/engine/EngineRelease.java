package dev.kodo.kernel.engine;

/** The engine's distribution: its Maven coordinates and the checksum of the archive. */
record EngineRelease(String group, String artifact, String version, String sha256) {
  static final EngineRelease PINNED =
      new EngineRelease(
          "io.camunda",
          "camunda-zeebe",
          "8.6.0",
          "5c699e86a6c9d290dd7b1f0b2ea648fb57fd1dacf1cab22c874219e58827ea45");

  String coordinates() {
    return group + ":" + artifact + ":" + version + ":tar.gz";
  }

  String archiveName() {
    return artifact + "-" + version + ".tar.gz";
  }

  String folderName() {
    return artifact + "-" + version;
  }
}
