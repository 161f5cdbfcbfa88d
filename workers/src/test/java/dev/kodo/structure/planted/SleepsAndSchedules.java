package dev.kodo.structure.planted;

import org.springframework.scheduling.annotation.Scheduled;

class SleepsAndSchedules {
  @Scheduled(fixedDelay = 1000)
  void tick() throws InterruptedException {
    Thread.sleep(1);
  }
}
