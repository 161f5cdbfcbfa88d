package dev.kodo.api;

import dev.kodo.process.Deployment;
import dev.kodo.process.DeploymentResult;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Deploys changed diagrams, decision tables and forms at a person's command. */
@RestController
class DeployController {
  private final Deployment deployment;

  DeployController(Deployment deployment) {
    this.deployment = deployment;
  }

  record Request(@Nullable Boolean dryRun) {}

  record Reply(List<File> results) {}

  record File(String resource, String result, int version, List<String> problems) {}

  @PostMapping("/api/deploy")
  Reply deploy(@RequestBody String body) {
    Request request = RequestBodies.read(body, Request.class);
    boolean dryRun = RequestBodies.required("dryRun", request.dryRun());
    return new Reply(
        deployment.deployChanged(dryRun).stream().map(DeployController::told).toList());
  }

  private static File told(DeploymentResult result) {
    return new File(
        result.resource(),
        result.kind().name().toLowerCase(Locale.ROOT),
        result.version(),
        result.problems());
  }
}
