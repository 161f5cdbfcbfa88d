package dev.kodo.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.kodo.testing.SourceTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the containers have to agree on with the rest of the repository. There is no Docker where
 * the tests run, so this is what can be said without one.
 *
 * @param compose text of docker-compose.yml
 * @param dockerfile text of Dockerfile
 * @param pom text of the parent pom.xml
 * @param configKeys source of the kernel's table of settings
 * @param modelDiscovery source that names the variables in which the kernel looks for keys
 */
record Containers(
    String compose, String dockerfile, String pom, String configKeys, String modelDiscovery) {
  private static final String KERNEL = "kernel/src/main/java/dev/kodo/kernel/";
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)(?::-([^}]*))?}");
  private static final Pattern KEY =
      Pattern.compile("^ {2}[A-Z_]+\\(\\s*\"([a-z.-]+)\"", Pattern.MULTILINE);
  private static final Pattern FROM = Pattern.compile("^FROM (\\S+)", Pattern.MULTILINE);
  private static final Pattern JDK = Pattern.compile("(?:temurin:|temurin-)(\\d+)");
  private static final Pattern PINNED = Pattern.compile(".+:\\d+\\.\\d+.*");

  static Containers in(SourceTree tree) {
    return new Containers(
        tree.read("docker-compose.yml"),
        tree.read("Dockerfile"),
        tree.read("pom.xml"),
        tree.read(KERNEL + "config/ConfigKey.java"),
        tree.read(KERNEL + "model/ModelDiscovery.java"));
  }

  Containers withCompose(String from, String to) {
    return new Containers(planted(compose, from, to), dockerfile, pom, configKeys, modelDiscovery);
  }

  Containers withDockerfile(String from, String to) {
    return new Containers(compose, planted(dockerfile, from, to), pom, configKeys, modelDiscovery);
  }

  Containers withPom(String from, String to) {
    return new Containers(compose, dockerfile, planted(pom, from, to), configKeys, modelDiscovery);
  }

  private static String planted(String text, String from, String to) {
    if (!text.contains(from)) {
      throw new IllegalArgumentException("Expected to replace '" + from + "' but it is not there");
    }
    return text.replace(from, to);
  }

  /** One sentence per disagreement; empty when all is well. */
  List<String> violations() {
    List<String> found = new ArrayList<>();
    images(found);
    versions(found);
    ports(found);
    secrets(found);
    settings(found);
    variables(found);
    dockerfile(found);
    return found;
  }

  private void images(List<String> found) {
    services()
        .forEach(
            (name, service) -> {
              if (!PINNED.matcher(service.path("image").asText()).matches()) {
                found.add("The image of " + name + " is not pinned to a version.");
              }
            });
  }

  private void versions(List<String> found) {
    agree(found, "Camunda", version("camunda"), property("camunda-test.version"), 2);
    agree(found, "PostgreSQL", version("postgres"), property("postgres-binaries.version"), 1);
    agree(found, "Elasticsearch", version("elasticsearch"), "8", 1);
  }

  private static void agree(
      List<String> found, String what, String here, String there, int numbers) {
    if (!leading(here, numbers).equals(leading(there, numbers))) {
      found.add("%s is %s here but %s is what the tests run.".formatted(what, here, there));
    }
  }

  private static List<String> leading(String version, int numbers) {
    return List.of(version.split("[.-]")).subList(0, numbers);
  }

  private void ports(List<String> found) {
    services()
        .forEach(
            (name, service) ->
                service
                    .path("ports")
                    .forEach(
                        port -> {
                          if (!port.asText().startsWith("127.0.0.1:")) {
                            found.add(
                                "Port %s of %s is not bound to loopback.".formatted(port, name));
                          }
                        }));
  }

  private void secrets(List<String> found) {
    services()
        .forEach(
            (name, service) ->
                service
                    .path("environment")
                    .properties()
                    .forEach(
                        entry -> {
                          if (entry.getKey().matches(".*(PASSWORD|SECRET|_KEY)")
                              && !VARIABLE.matcher(entry.getValue().asText()).matches()) {
                            found.add(entry.getKey() + " of " + name + " is a committed secret.");
                          }
                        }));
  }

  private void settings(List<String> found) {
    Set<String> known = names(KEY, configKeys);
    flat(kodoYml(), "", new TreeMap<>())
        .keySet()
        .forEach(
            key -> {
              if (!known.contains(key)) {
                found.add("The setting " + key + " is not in the kernel's table.");
              }
            });
  }

  private void variables(List<String> found) {
    Set<String> given = new TreeSet<>();
    service("kodo").path("environment").fieldNames().forEachRemaining(given::add);
    Set<String> named = new TreeSet<>();
    flat(kodoYml(), "", new TreeMap<>())
        .forEach(
            (key, value) -> {
              if (key.endsWith("-env") && !value.isEmpty()) {
                named.add(value);
              }
            });
    for (String variable : named) {
      if (!given.contains(variable)) {
        found.add(
            "kodo.yml names the variable " + variable + ", which the container does not get.");
      }
    }
    for (String variable : given) {
      boolean read = modelDiscovery.contains('"' + variable + '"');
      if (!read && !named.contains(variable) && !variable.equals("KODO_HOME")) {
        found.add("Nothing in Kodo reads the variable " + variable + ".");
      }
    }
  }

  private void dockerfile(List<String> found) {
    int release = Integer.parseInt(property("maven.compiler.release"));
    for (String image : names(FROM, dockerfile)) {
      Matcher jdk = JDK.matcher(image);
      if (!jdk.find() || Integer.parseInt(jdk.group(1)) < release) {
        found.add(image + " has no JDK " + release + " or newer.");
      }
      if (!PINNED.matcher(image).matches()) {
        found.add("The image " + image + " is not pinned to a version.");
      }
    }
    if (!dockerfile.contains("\nUSER kodo\n")) {
      found.add("Kodo's container runs as root.");
    }
    if (!dockerfile.contains(" git ")) {
      found.add("Kodo's container has no git.");
    }
  }

  private TreeMap<String, JsonNode> services() {
    TreeMap<String, JsonNode> services = new TreeMap<>();
    yaml(compose)
        .path("services")
        .properties()
        .forEach(e -> services.put(e.getKey(), e.getValue()));
    return services;
  }

  private JsonNode service(String name) {
    return yaml(compose).path("services").path(name);
  }

  /** The settings that the container gets when no variable is set. */
  private JsonNode kodoYml() {
    String text = yaml(compose).at("/configs/kodo-settings/content").asText();
    return yaml(
        VARIABLE
            .matcher(text)
            .replaceAll(
                match -> Matcher.quoteReplacement(match.group(2) == null ? "" : match.group(2))));
  }

  private static TreeMap<String, String> flat(
      JsonNode node, String prefix, TreeMap<String, String> into) {
    node.properties()
        .forEach(
            entry -> {
              if (entry.getValue().isObject()) {
                flat(entry.getValue(), prefix + entry.getKey() + ".", into);
              } else {
                into.put(prefix + entry.getKey(), entry.getValue().asText());
              }
            });
    return into;
  }

  private String version(String service) {
    String image = service(service).path("image").asText();
    return image.substring(image.lastIndexOf(':') + 1);
  }

  private String property(String name) {
    Matcher value = Pattern.compile("<" + Pattern.quote(name) + ">([^<]+)<").matcher(pom);
    if (!value.find()) {
      throw new IllegalStateException("Expected the property " + name + " in pom.xml");
    }
    return value.group(1);
  }

  private static Set<String> names(Pattern pattern, String text) {
    Set<String> names = new TreeSet<>();
    pattern.matcher(text).results().map((MatchResult match) -> match.group(1)).forEach(names::add);
    if (names.isEmpty()) {
      throw new IllegalStateException("Expected a match of " + pattern + " but found none");
    }
    return names;
  }

  private static JsonNode yaml(String text) {
    try {
      return new YAMLMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Expected YAML but " + e.getOriginalMessage(), e);
    }
  }
}
