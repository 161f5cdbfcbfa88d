# Kodo's kernel and workers. The engine and the database are other containers: see docker-compose.yml.

FROM maven:3.9.11-eclipse-temurin-25 AS build
WORKDIR /build
COPY pom.xml ./
COPY kernel kernel
COPY exporter exporter
COPY search search
COPY workers workers
RUN --mount=type=cache,target=/m2 mvn -q -B -Dmaven.repo.local=/m2 -Dmaven.test.skip=true package

# A JDK, not a JRE: the agent's body compiles Java.
FROM eclipse-temurin:25.0.3_9-jdk-noble
RUN apt-get update \
 && apt-get install -y --no-install-recommends curl git \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --create-home --home-dir /home/kodo kodo \
 && install -d -o kodo -g kodo -m 0700 /var/lib/kodo

WORKDIR /opt/kodo
COPY --from=build /build/kernel/target/kodo-kernel.jar kernel/target/
COPY --from=build /build/kernel/target/lib kernel/target/lib
COPY --from=build /build/workers/target/kodo-workers.jar workers/target/
COPY --from=build /build/workers/target/lib workers/target/lib
COPY LICENSE NOTICE ./
COPY processes processes
COPY forms forms
RUN printf '#!/bin/sh\nprlimit --pid $$ --core=1:1 2> /dev/null || ulimit -c 0\nexec java -Xmx128m -XX:+DisableAttachMechanism -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 -Dkodo.installation=/opt/kodo -jar /opt/kodo/kernel/target/kodo-kernel.jar "$@"\n' \
      > /usr/local/bin/kodo \
 && chmod 0755 /usr/local/bin/kodo

ENV KODO_HOME=/var/lib/kodo LC_ALL=C.UTF-8
USER kodo
VOLUME /var/lib/kodo
ENTRYPOINT ["kodo"]
CMD ["up"]
