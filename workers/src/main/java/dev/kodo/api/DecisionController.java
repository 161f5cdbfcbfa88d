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
  private static final int LONGEST_COMMENT = 2_000;
  private static final int LONGEST_NAME = 100;

  private final Decisions decisions;

  DecisionController(Decisions decisions) {
    this.decisions = decisions;
  }

  record AnswerRequest(
      @Nullable Boolean approved,
      @Nullable String comment,
      @Nullable String hash,
      @Nullable String by) {}

  record AnswerResult(String result) {}

  @GetMapping
  List<Decision> open() {
    return decisions.open();
  }

  @PostMapping("/{id}")
  ResponseEntity<?> answer(@PathVariable String id, @RequestBody String body) {
    AnswerRequest request = RequestBodies.read(body, AnswerRequest.class);
    boolean approved = RequestBodies.required("approved", request.approved());
    String comment = RequestBodies.text("comment", request.comment(), LONGEST_COMMENT);
    String by = RequestBodies.text("by", request.by(), LONGEST_NAME);
    String answeredBy = by == null || by.isBlank() ? "owner" : by;
    return switch (decisions.answer(id, approved, request.hash(), answeredBy, comment)) {
      case DecisionAnswer.Accepted accepted ->
          ResponseEntity.ok(new AnswerResult(accepted.approved() ? "approved" : "rejected"));
      case DecisionAnswer.AlreadyAnswered already ->
          conflict("DECISION_ANSWERED", "Decision " + id + " is already " + already.state() + ".");
      case DecisionAnswer.HashDiffers differs ->
          conflict("DECISION_CHANGED", "Decision " + id + " is no longer what was shown.");
      case DecisionAnswer.NobodyWaits nobody ->
          conflict(
              "DECISION_STALE",
              nobody.forGood()
                  ? "Nobody waits for this answer any more: decision " + id + " is closed."
                  : "Nobody waits for this answer right now: decision "
                      + id
                      + " is only being asked, or answered. Try again in ten seconds.");
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
