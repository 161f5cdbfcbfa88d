package dev.kodo.structure.planted;

import io.camunda.client.CamundaClient;

record EngineInAFeature(CamundaClient client) {}
