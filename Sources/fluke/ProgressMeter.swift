import Backtesting
import Dispatch
import Pipeline
import Synchronization

/// Shows on standard error how far long work has come and how long it may still take, a few times a second, and wipes its line at the end.
final class ProgressMeter: Sendable {
  /// Work that takes less than this many seconds is over before anyone reads of it.
  private static let patience = 0.5
  private static let secondsBetweenUpdates = 0.2

  private let isShown: Bool
  /// Lines are written on it one after the other, so that none comes after the wiping.
  private let queue = DispatchQueue(label: "progress")
  private let timer = Mutex<(any DispatchSourceTimer)?>(nil)

  init(isShown: Bool) {
    self.isShown = isShown
  }

  /// Shows `progress` on `work` of so many blocks from now on; no blocks end the show.
  @Sendable func watch(_ work: String, _ blocks: Int, _ progress: RunProgress) {
    guard isShown else { return }
    queue.sync {
      timer.withLock { timer in
        if let running = timer {
          running.cancel()
          Console.note("\r\u{1B}[K", terminator: "")
        }
        timer = blocks > 0 ? start(work, blocks, progress) : nil
      }
    }
  }

  private func start(_ work: String, _ blocks: Int, _ progress: RunProgress) -> any DispatchSourceTimer {
    let estimate = TimeLeft(total: blocks, doneBefore: progress.done, start: Console.seconds())
    let source = DispatchSource.makeTimerSource(queue: queue)
    source.schedule(deadline: .now() + Self.patience, repeating: Self.secondsBetweenUpdates)
    source.setEventHandler {
      let done = progress.done
      let left = estimate.text(done: done, now: Console.seconds())
      // What was longer before is wiped.
      Console.note("\r\(work) \(100 * done / blocks) %\(left)\u{1B}[K", terminator: "")
    }
    source.resume()
    return source
  }
}
