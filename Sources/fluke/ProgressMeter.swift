import Backtesting
import Dispatch
import Pipeline
import Synchronization

/// Shows on standard error how far long work has come and how long it may still take, a few times a second, and wipes its line at the end.
final class ProgressMeter: Sendable {
  /// Work that takes less than this many seconds is over before anyone reads of it.
  private static let patience = 0.5
  private static let secondsBetweenUpdates = 0.2

  /// Work that has begun and is not done; what a part of it is called comes behind it.
  private struct Work {
    let timer: any DispatchSourceTimer
  }

  private let isShown: Bool
  /// Lines are written on it one after the other, so that none comes after the wiping.
  private let queue = DispatchQueue(label: "progress")
  /// The last one is shown.
  private let begun = Mutex<[Work]>([])

  init(isShown: Bool) {
    self.isShown = isShown
  }

  /// Shows `progress` on `work` of so many pieces from now on, or where there are none, how long it has taken; no name
  /// ends what began last.
  @Sendable func watch(_ work: String, _ pieces: Int, _ progress: RunProgress) {
    guard isShown else { return }
    queue.sync {
      begun.withLock { begun in
        begun.last?.timer.suspend()
        if work.isEmpty {
          // A source that is suspended has to go on before it may end.
          let ended = begun.popLast()
          ended?.timer.cancel()
          ended?.timer.resume()
          begun.last?.timer.resume()
          Console.progress("")
        } else {
          begun.append(Work(timer: start(work, pieces, progress)))
        }
      }
    }
  }

  /// Shows `work`, which cannot be counted, while `body` runs.
  func showing<Result>(_ work: String, _ body: () throws -> Result) rethrows -> Result {
    let progress = RunProgress()
    watch(work, 0, progress)
    defer { watch("", 0, progress) }
    return try body()
  }

  private func start(_ work: String, _ pieces: Int, _ progress: RunProgress) -> any DispatchSourceTimer {
    let start = Console.seconds()
    let estimate = TimeLeft(total: pieces, doneBefore: progress.done, start: start)
    let source = DispatchSource.makeTimerSource(queue: queue)
    source.schedule(deadline: .now() + Self.patience, repeating: Self.secondsBetweenUpdates)
    source.setEventHandler {
      let now = Console.seconds()
      // What was longer before is wiped.
      Console.progress(
        pieces > 0
          ? "\(work) \(100 * progress.done / pieces) %\(estimate.text(done: progress.done, now: now))"
          : now - start < 1 ? work : "\(work) \(Int(now - start)) s")
    }
    source.resume()
    return source
  }
}
