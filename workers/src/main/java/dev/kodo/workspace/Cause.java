package dev.kodo.workspace;

import dev.kodo.worker.JobFailure;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds out why the file system refused, and words it with the next step. */
final class Cause {
  private Cause() {}

  /**
   * @param verb what was tried, for example {@code write}
   * @param path the path as the caller named it
   * @param real where that is on the disk
   */
  static JobFailure of(String verb, Object path, Path real, IOException failure) {
    if (failure instanceof ClosedByInterruptException) {
      return JobFailure.abandoned("Stopped before it could " + verb + " " + Shown.path(path) + ".");
    }
    WorkspaceException.Code code = code(real, failure);
    String message =
        "Could not %s %s: %s (%s). %s"
            .formatted(
                verb, Shown.path(path), what(code), Shown.path(reason(failure)), next(code, real));
    return new WorkspaceException(code, message, failure);
  }

  /** The code for an error text of the operating system or of git; null when it tells nothing. */
  static WorkspaceException.@Nullable Code codeOf(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.contains("no space left") || lower.contains("quota exceeded")) {
      return WorkspaceException.Code.DISK_FULL;
    }
    if (lower.contains("read-only file system")
        || lower.contains("permission denied")
        || lower.contains("operation not permitted")) {
      return WorkspaceException.Code.READ_ONLY;
    }
    if (lower.contains("file name too long")) {
      return WorkspaceException.Code.NAME_TOO_LONG;
    }
    if (lower.contains("not a directory") || lower.contains("is a directory")) {
      return WorkspaceException.Code.NOT_A_FILE;
    }
    return null;
  }

  private static WorkspaceException.Code code(Path real, IOException failure) {
    return switch (failure) {
      case AccessDeniedException denied -> WorkspaceException.Code.READ_ONLY;
      case NoSuchFileException missing -> WorkspaceException.Code.NOT_FOUND;
      case NotDirectoryException file -> WorkspaceException.Code.NOT_A_FILE;
      case FileAlreadyExistsException taken -> WorkspaceException.Code.NOT_A_FILE;
      default -> {
        WorkspaceException.Code told = codeOf(reason(failure));
        yield told != null ? told : fromTheDisk(real);
      }
    };
  }

  /** The texts of the system may be in any language; the disk itself is asked then. */
  private static WorkspaceException.Code fromTheDisk(Path real) {
    try {
      Path there = real;
      while (there.getParent() != null && Files.notExists(there)) {
        there = Objects.requireNonNull(there.getParent());
      }
      var store = Files.getFileStore(there);
      if (store.isReadOnly()) {
        return WorkspaceException.Code.READ_ONLY;
      }
      return store.getUsableSpace() < 64 * 1024
          ? WorkspaceException.Code.DISK_FULL
          : WorkspaceException.Code.IO_FAILED;
    } catch (IOException | ReadOnlyFileSystemException cannotTell) {
      return WorkspaceException.Code.IO_FAILED;
    }
  }

  private static String reason(IOException failure) {
    if (failure instanceof FileSystemException known && known.getReason() != null) {
      return known.getReason();
    }
    return failure instanceof FileSystemException
        ? failure.getClass().getSimpleName().replace("Exception", "")
        : String.valueOf(failure.getMessage());
  }

  private static String what(WorkspaceException.Code code) {
    return switch (code) {
      case OUTSIDE -> "the path leaves the workspace";
      case READ_ONLY -> "there is no permission";
      case DISK_FULL -> "the disk is full";
      case NOT_FOUND -> "it is not there";
      case NOT_A_FILE -> "a file and a folder are in each other's place";
      case ALREADY_THERE -> "something is already there";
      case NOT_TEXT -> "it is not UTF-8 text";
      case TOO_LARGE -> "it is too large";
      case NAME_TOO_LONG -> "a name is too long";
      case GIT_FAILED -> "git failed";
      case IO_FAILED -> "the file system refused";
    };
  }

  static String next(WorkspaceException.Code code, Path real) {
    return switch (code) {
      case READ_ONLY ->
          "Let Kodo's user read and write there: check owner, mode and mount of the folder.";
      case DISK_FULL -> "Free some space on that disk.";
      case NOT_FOUND -> "Put it back, or let Kodo start once to prepare the folder.";
      case NOT_A_FILE -> "Move away what is in the way.";
      case ALREADY_THERE -> "Rename or remove the older one.";
      case NAME_TOO_LONG -> "Use a shorter name.";
      case NOT_TEXT -> "Save it as UTF-8 text.";
      case TOO_LARGE -> "Make it smaller.";
      case OUTSIDE -> "Use a path below the workspace.";
      case GIT_FAILED -> "Run 'git status' in the workspace to see what it says.";
      case IO_FAILED -> "Check the disk.";
    };
  }
}
