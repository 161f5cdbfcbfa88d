package dev.kodo.theme;

import dev.kodo.workspace.Workspaces;
import org.springframework.stereotype.Component;

/** A person's theme goes before one of the agent's own. */
@Component
public class PersonFirst {
  private final Themebox themebox;
  private final Workspaces workspaces;

  PersonFirst(Themebox themebox, Workspaces workspaces) {
    this.themebox = themebox;
    this.workspaces = workspaces;
  }

  /** Whether this theme is the agent's own and a finished file of a person waits for its place. */
  public boolean waitsBehind(Theme theme) {
    return theme.source() == Theme.Source.OWN
        && themebox.holdsOneOfAPerson(workspaces.of(theme.agentId()));
  }
}
