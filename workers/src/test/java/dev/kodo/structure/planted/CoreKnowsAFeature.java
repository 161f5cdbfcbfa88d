package dev.kodo.structure.planted;

import dev.kodo.heartbeat.Heartbeats;

record CoreKnowsAFeature(Heartbeats heartbeats) {}
