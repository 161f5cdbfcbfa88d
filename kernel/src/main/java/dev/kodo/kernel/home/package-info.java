/** The folder that holds everything Kodo keeps, and the installation it runs from. */
@NullMarked
package dev.kodo.kernel.home;

import org.jspecify.annotations.NullMarked;
