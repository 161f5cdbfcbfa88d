package dev.kodo.survival;

/** Tells how much of its budget an agent has spent. */
interface SpendMeter {
  Measurement measure(String agentId);
}
