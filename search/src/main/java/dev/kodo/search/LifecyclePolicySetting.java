package dev.kodo.search;

import java.util.List;
import org.opensearch.common.settings.Setting;
import org.opensearch.plugins.Plugin;

/**
 * Knows the one index setting of OpenSearch's index-management plugin that Tasklist writes. Without
 * it OpenSearch refuses Tasklist's indices; here it means nothing.
 */
public final class LifecyclePolicySetting extends Plugin {
  @Override
  public List<Setting<?>> getSettings() {
    return List.of(
        Setting.simpleString(
            "index.plugins.index_state_management.policy_id",
            Setting.Property.IndexScope,
            Setting.Property.Dynamic));
  }
}
