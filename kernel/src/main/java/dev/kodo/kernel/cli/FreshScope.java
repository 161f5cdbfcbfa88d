package dev.kodo.kernel.cli;

import dev.kodo.kernel.config.Config;
import dev.kodo.kernel.config.ConfigKey;
import dev.kodo.kernel.home.KodoHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a fresh start wipes, and what it does not although Kodo remembers something there.
 *
 * @param folders inside the home folder, all there
 * @param kept each as a person would call it
 */
record FreshScope(List<Path> folders, List<String> kept) {

  static FreshScope of(KodoHome home, Config config) throws IOException {
    Set<Path> folders =
        new TreeSet<>(List.of(home.data(), home.logs(), home.secrets(), home.run()));
    List<String> kept = new ArrayList<>();
    folders.add(home.workspace());
    Path workspace = config.workspace();
    if (isOwn(home, workspace)) {
      folders.add(workspace);
    } else if (Files.exists(workspace)) {
      kept.add("the workspace " + workspace);
    }
    if (config.embeddedDatabase()) {
      folders.add(home.audit());
    } else {
      // The files that prove the audit log belong to the database that stays.
      kept.add("the audit files " + home.audit());
      kept.add("the database " + config.text(ConfigKey.DATABASE_URL));
    }
    if (!config.localEngine()) {
      kept.add("the external engine");
    }
    return new FreshScope(folders.stream().filter(FreshScope::isThere).toList(), kept);
  }

  /** Inside the home folder, also behind all links, and without the settings and the cache. */
  private static boolean isOwn(KodoHome home, Path folder) throws IOException {
    return isThere(folder)
        && folder.startsWith(home.root())
        && folder.toRealPath(LinkOption.NOFOLLOW_LINKS).startsWith(home.root().toRealPath())
        && !home.config().startsWith(folder)
        && !home.cache().startsWith(folder);
  }

  private static boolean isThere(Path folder) {
    return Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
  }
}
