package dev.kodo.api;

import dev.kodo.decision.Decision;
import dev.kodo.decision.DecisionAnswer;
import dev.kodo.decision.Decisions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lists and answers the questions that wait for a person. */
@RestController
@RequestMapping("/api/decisions")
class DecisionController {
  private final Decisions decisions;

  DecisionController(Decisions decisions) {
    this.decisions = decisions;
  }

  record AnswerRequest(
      boolean approved, @Nullable String comment, @Nullable String hash, @Nullable String by) {}

  record AnswerResult(String result) {}

  @GetMapping
  List<Decision> open() {
    return decisions.open();
  }

  @PostMapping("/{id}")
  ResponseEntity<?> answer(@PathVariable String id, @RequestBody AnswerRequest request) {
    String by = request.by() == null ? "owner" : request.by();
    return switch (decisions.answer(
        id, request.approved(), request.hash(), by, request.comment())) {
      case DecisionAnswer.Accepted accepted ->
          ResponseEntity.ok(new AnswerResult(accepted.approved() ? "approved" : "rejected"));
      case DecisionAnswer.AlreadyAnswered already ->
          conflict("DECISION_ANSWERED", "Decision " + id + " is already " + already.state() + ".");
      case DecisionAnswer.HashDiffers differs ->
          conflict("DECISION_CHANGED", "Decision " + id + " is no longer what was shown.");
      case DecisionAnswer.Unknown unknown ->
          ResponseEntity.status(HttpStatus.NOT_FOUND)
              .body(
                  new ApiError(
                      "DECISION_UNKNOWN",
                      "There is no decision " + id + ".",
                      "List them with: kodo approvals"));
    };
  }

  private static ResponseEntity<?> conflict(String code, String message) {
    return ResponseEntity.status(HttpStatus.CONFLICT)
        .body(new ApiError(code, message, "Look at what waits with: kodo approvals"));
  }
}
