@NullMarked
package dev.kodo.heartbeat;

import org.jspecify.annotations.NullMarked;
