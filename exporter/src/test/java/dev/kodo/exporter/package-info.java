@NullMarked
package dev.kodo.exporter;

import org.jspecify.annotations.NullMarked;
