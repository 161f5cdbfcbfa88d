package dev.kodo.kernel.guard;

/** A model of a provider, as a class of models.yml lists it. */
record ModelName(String provider, String model) {
  @Override
  public String toString() {
    return provider + "/" + model;
  }
}
