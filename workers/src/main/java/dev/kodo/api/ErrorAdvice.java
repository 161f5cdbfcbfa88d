package dev.kodo.api;

import dev.kodo.process.EngineUnavailable;
import dev.kodo.workspace.WorkspaceException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Turns what goes wrong behind the API into one clear sentence and a next step. */
@RestControllerAdvice
class ErrorAdvice {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorAdvice.class);

  @ExceptionHandler(EngineUnavailable.class)
  @ResponseStatus(HttpStatus.SERVICE_UNAVAILABLE)
  ApiError engineGone(EngineUnavailable failure) {
    return new ApiError(
        "ENGINE_UNAVAILABLE", String.valueOf(failure.getMessage()), "Look at: kodo status");
  }

  @ExceptionHandler(DataAccessException.class)
  @ResponseStatus(HttpStatus.SERVICE_UNAVAILABLE)
  ApiError databaseGone(DataAccessException failure) {
    return new ApiError(
        "DATABASE_UNAVAILABLE", "The database did not answer.", "Look at: kodo status");
  }

  @ExceptionHandler(WorkspaceException.class)
  @ResponseStatus(HttpStatus.SERVICE_UNAVAILABLE)
  ApiError workspaceRefuses(WorkspaceException failure) {
    return new ApiError(
        "WORKSPACE_UNWRITABLE",
        String.valueOf(failure.getMessage()),
        "The first beat of an agent prepares its workspace. Look at: kodo doctor");
  }

  @ExceptionHandler(HttpMessageNotReadableException.class)
  @ResponseStatus(HttpStatus.BAD_REQUEST)
  ApiError unreadable(HttpMessageNotReadableException failure) {
    return new ApiError(
        "REQUEST_INVALID",
        "The request's body is not the JSON that was expected.",
        "Check the body.");
  }

  @ExceptionHandler(ApiRefusal.class)
  ResponseEntity<ApiError> refused(ApiRefusal refusal) {
    return ResponseEntity.status(refusal.status()).body(refusal.error());
  }

  @ExceptionHandler(MethodArgumentTypeMismatchException.class)
  @ResponseStatus(HttpStatus.BAD_REQUEST)
  ApiError mismatch(MethodArgumentTypeMismatchException failure) {
    return new ApiError(
        "REQUEST_INVALID",
        "The parameter '%s' does not take the value '%s'."
            .formatted(failure.getName(), failure.getValue()),
        "Correct it and send it again.");
  }

  @ExceptionHandler(NoResourceFoundException.class)
  @ResponseStatus(HttpStatus.NOT_FOUND)
  ApiError notFound(NoResourceFoundException failure) {
    return new ApiError(
        "NOT_FOUND", "There is nothing at this path.", "See docs/operations.md for the paths.");
  }

  @ExceptionHandler(RuntimeException.class)
  @ResponseStatus(HttpStatus.INTERNAL_SERVER_ERROR)
  ApiError defect(RuntimeException failure) {
    LOG.error("The API failed unexpectedly", failure);
    return new ApiError(
        "INTERNAL", "Kodo met an unexpected error.", "See it in: kodo logs workers");
  }
}
