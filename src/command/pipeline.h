#pragma once

#include <functional>

#include "input/source.h"

namespace fakt {

/// What is to be done in the order of the input: print a result, add up figures.
using Step = std::function<void()>;

/// Works on one batch; its step may own results.
using Worker = std::function<Step(Batch&&)>;

/// Works on all batches in up to `threads` threads, each with a worker of its own, and calls their steps one after the
/// other in the order of the input, whatever the threads do. At most so many results wait as there are threads.
/// `prompt`: a batch's step must not wait for the next batch to be read.
/// Throws what a worker or a step throws first, after all threads have ended.
void run_in_order(Source& source, unsigned threads, bool prompt, const std::function<Worker()>& make_worker);

}  // namespace fakt
