package dev.kodo.workspace;

import dev.kodo.process.ErrorCode;
import dev.kodo.worker.JobFailure;
import org.jspecify.annotations.Nullable;

/**
 * The workspace could not be read or written. A job that fails with it is retried and then throws
 * {@link ErrorCode#WORKSPACE_UNWRITABLE}; a path that leaves the workspace throws it at once,
 * because trying again cannot help.
 */
public final class WorkspaceException extends JobFailure {
  /** What went wrong. The names stand in {@code docs/errors.md}. */
  public enum Code {
    /** The path leaves the workspace, names its git folder, or is no path at all. */
    OUTSIDE,
    /** The folder, file or disk may not be written. */
    READ_ONLY,
    /** No space, no inodes or no quota left. */
    DISK_FULL,
    /** Nothing is there under this path. */
    NOT_FOUND,
    /** Something other than a file stands where a file belongs, or no folder where one belongs. */
    NOT_A_FILE,
    /** A file is already there, and it must not be replaced. */
    ALREADY_THERE,
    /** Not valid UTF-8, or binary. */
    NOT_TEXT,
    /** More bytes than the caller allows. */
    TOO_LARGE,
    /** A name is longer than the file system takes. */
    NAME_TOO_LONG,
    /** The git command is missing, failed or took too long. */
    GIT_FAILED,
    /** Any other failure of the file system. */
    IO_FAILED
  }

  private final Code code;

  WorkspaceException(Code code, String message, @Nullable Throwable cause) {
    super(meaning(code), message, cause);
    this.code = code;
  }

  public Code code() {
    return code;
  }

  private static Meaning meaning(Code code) {
    return code == Code.OUTSIDE
        ? new Meaning.Throw(ErrorCode.WORKSPACE_UNWRITABLE)
        : new Meaning.Retry(ErrorCode.WORKSPACE_UNWRITABLE);
  }
}
