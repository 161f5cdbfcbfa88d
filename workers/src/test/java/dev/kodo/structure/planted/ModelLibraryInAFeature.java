package dev.kodo.structure.planted;

import dev.langchain4j.model.chat.ChatModel;

record ModelLibraryInAFeature(ChatModel model) {}
