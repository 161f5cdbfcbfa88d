package dev.kodo.kernel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kodo.kernel.home.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutineCommandTest {
  private static final String PATH = "/api/agents/main/routines";
  private static final String NEWS =
      """
      {"name":"news","description":"A look","when":"cron 0 7 * * *","instruction":"Say it.\\nTwice.",
       "process":null,"spend":0.20,"spendPerDay":1,"calls":4,"time":"PT10M","enabled":true,
       "missed":"run-once","line":1,"nextDue":"2026-11-22T07:00:00Z","pending":null,"running":null,
       "lastRun":{"runId":"20261121070000","startedBy":"cron","startedAt":"2026-11-21T07:00:00Z",
         "outcome":"limit-reached","errorMessage":"4 calls","spendUsd":0.120000,"calls":4,
         "artifact":"routines/news/20261121070000.md"}}
      """;

  @TempDir Path folder;

  @Test
  void listsRoutinesAndTheMistakesOfTheirFile() throws IOException {
    String text =
        RoutineText.list(
            Json.parse(
                "{\"routines\":["
                    + NEWS
                    + "],\"problems\":[{\"routine\":\"wrong\",\"line\":7,\"sentence\":\"Did you mean 'when'?\"}]}"),
            "main",
            ZoneOffset.UTC);

    assertThat(text)
        .contains("when: cron 0 7 * * *, next 2026-11-22 07:00")
        .contains("last: 2026-11-21 07:00 limit-reached, 4 calls, $0.12, routines/news/")
        .contains("Left out, routines.yml line 7 (wrong): Did you mean 'when'?");
  }

  @Test
  void showsTheLimitsAndTheRunsOfOne() throws IOException {
    String text =
        RoutineText.show(Json.parse("{\"routine\":" + NEWS + ",\"runs\":[]}"), ZoneOffset.UTC);

    assertThat(text)
        .contains(
            "do: Say it.\n    Twice.", "$0.20 a run, $1.00 a day, 4 calls, 10 min", "No run yet.");
  }

  @Test
  void putsOneLineIntoTheStatus() throws IOException {
    String summary =
        "{\"routines\":3,\"running\":1,\"next\":\"news\",\"nextDue\":\"2026-11-21T07:00:00Z\",\"problem\":null}";

    assertThat(
            RoutineText.summary(
                Json.parse(summary), Instant.parse("2026-11-20T22:00:00Z"), ZoneOffset.UTC))
        .isEqualTo("\n  routines: 3, 1 running, next 'news' at 07:00");
    assertThat(RoutineText.summary(Json.parse("{\"routines\":0}"), Instant.EPOCH, ZoneOffset.UTC))
        .isEmpty();
  }

  @Test
  void sendsARoutineAsItIsGiven() throws IOException {
    try (RunningHome home = new RunningHome(folder)) {
      home.answers.put("POST " + PATH, "{\"result\":\"changed\",\"routines\":[\"news\"]}");

      CommandRun run =
          CommandRun.of(
              folder,
              "routine",
              "add",
              "news",
              "--cron",
              "0 7 * * *",
              "--do",
              "Say \"it\".",
              "--spend",
              "0.20",
              "--time",
              "5 min");

      assertThat(run.exit()).isZero();
      assertThat(run.out()).contains("Added the routine news of main");
      assertThat(Json.parse(home.requests.getLast().substring(("POST " + PATH + " ").length())))
          .isEqualTo(
              Json.parse(
                  "{\"name\":\"news\",\"cron\":\"0 7 * * *\",\"instruction\":\"Say \\\"it\\\".\",\"spend\":\"0.20\",\"time\":\"5 min\"}"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"enable", "disable", "remove", "run"})
  void changesOneRoutine(String verb) throws IOException {
    try (RunningHome home = new RunningHome(folder)) {
      home.answers.put(
          "POST " + PATH + "/news/" + verb, "{\"result\":\"changed\",\"routines\":[\"news\"]}");

      assertThat(CommandRun.of(folder, "routine", verb, "news").exit()).isZero();
      assertThat(CommandRun.of(folder, "routine", verb, "news", "--json").out())
          .contains("\"result\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../decisions", "a/b", "Häschen", "a b", "", "%2e%2e"})
  void putsNoNameIntoAPathThatIsNone(String name) throws IOException {
    try (RunningHome home = new RunningHome(folder)) {
      CommandRun run = CommandRun.of(folder, "routine", "remove", name);

      assertThat(run.exit()).isEqualTo(2);
      assertThat(run.err()).contains("ROUTINE_INVALID");
      assertThat(home.requests).isEmpty();
    }
  }

  @Test
  void saysWhoGotAWordAndWhenTheAgentIsStopped() throws IOException {
    try (RunningHome home = new RunningHome(folder)) {
      home.answers.put("POST " + PATH + "/trigger", "{\"result\":\"sent\",\"routines\":[]}");
      assertThat(CommandRun.of(folder, "routine", "trigger", "go").out())
          .contains("no routine of main waits for go");

      home.answers.put("POST " + PATH + "/trigger", "{\"result\":\"stopped\",\"routines\":[]}");
      assertThat(CommandRun.of(folder, "routine", "trigger", "go").err())
          .contains("AGENT_NOT_BEATING");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "trigger"})
  void refusesForAStoppedAgentAlsoWhenAskedForJson(String verb) throws IOException {
    try (RunningHome home = new RunningHome(folder)) {
      String stopped = "{\"result\":\"stopped\",\"routines\":[]}";
      home.answers.put("POST " + PATH + "/news/run", stopped);
      home.answers.put("POST " + PATH + "/trigger", stopped);

      CommandRun run = CommandRun.of(folder, "routine", verb, "news", "--json");

      assertThat(run.exit()).isEqualTo(CommandRun.of(folder, "routine", verb, "news").exit());
      assertThat(run.exit()).isNotZero();
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).contains("AGENT_NOT_BEATING");
    }
  }

  /** Pacific/Kiritimati is ahead of every other zone, and no machine of a test stands there. */
  @Test
  void showsTimesInTheConfiguredZone() throws IOException {
    Files.writeString(folder.resolve("kodo.yml"), "time-zone: Pacific/Kiritimati\n");
    try (RunningHome home = new RunningHome(folder)) {
      home.answers.put("GET " + PATH, "{\"routines\":[" + NEWS + "],\"problems\":[]}");
      home.answers.put("GET " + PATH + "/news", "{\"routine\":" + NEWS + ",\"runs\":[]}");

      assertThat(CommandRun.of(folder, "routine", "list").out())
          .contains("next 2026-11-22 21:00", "last: 2026-11-21 21:00");
      assertThat(CommandRun.of(folder, "routine", "show", "news").out())
          .contains("next 2026-11-22 21:00");
    }
  }

  @Test
  void showsTheNextRoutineInTheConfiguredZoneInTheStatusToo() throws IOException {
    Files.writeString(folder.resolve("kodo.yml"), "time-zone: Pacific/Kiritimati\n");
    try (RunningHome home = new RunningHome(folder)) {
      home.answers.put(
          "GET /api/status",
          """
          {"agents":[{"agentId":"main","state":"running",
            "routines":{"routines":1,"next":"news","nextDue":"2126-11-22T07:00:00Z"}}]}
          """);

      String text =
          await("the status gives the workers 150 ms only")
              .until(
                  () -> CommandRun.of(folder, "status").out(),
                  out -> !out.contains("did not answer"));

      assertThat(text).contains("next 'news' at 2126-11-22 21:00");
    }
  }

  @Test
  void teachesByExamples() {
    assertThat(CommandRun.of(folder, "routine", "add", "--help").out())
        .contains("--cron", "kodo routine add morning-news", "file-added");
  }
}
