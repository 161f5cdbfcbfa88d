package dev.kodo.kernel.guard;

import dev.kodo.kernel.budget.Reservation;
import dev.kodo.kernel.guard.http.Request;

/** A call that has passed every check and whose worst case is set aside. */
record Admitted(
    Request request,
    Provider provider,
    Inspection inspection,
    Tariff tariff,
    Tariff.Bounds bounds,
    Reservation reservation) {}
