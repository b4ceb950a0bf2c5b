import CResampleKernel

/// The rows of running sums that sums over resamples are made of.
///
/// A run of bars adds the sum of all bars before its end less that of all before its start. Where runs adjoin or overlap
/// these cancel, so that what is left are the bars at which the draws change: Σ w[t]·x[t] = Σ (w[t-1] - w[t])·X[t], with
/// X[t] the sum of all x before bar t, and w = 0 before the first bar and after the last.
struct DrawChanges: Sendable {
  /// Twice a resample, and once more: where its rows that add begin in ``rows``, and those that are subtracted.
  let starts: [Int]
  /// A row as often as it counts.
  let rows: [UInt32]

  /// From here on changes make sums faster than draws do.
  private static let shortestRun = 6.0
  /// In 32 bits the sums of longer histories leave a return fewer steps than the 16 bits that products have.
  private static let mostBars = 1 << 16

  /// Whether changes make sums faster than draws do.
  static func areFaster(meanRun: Double, bars: Int) -> Bool { meanRun >= shortestRun && bars <= mostBars }

  /// The changes of one resample.
  struct OfResample: Sendable {
    fileprivate var added: [UInt32] = []
    fileprivate var subtracted: [UInt32] = []

    /// Notes that a bar is drawn so many times more often than the one before.
    mutating func append(_ times: Int, at bar: Int) {
      // There is nothing before the first bar.
      guard bar > 0 else { return }
      for _ in 0..<times.magnitude {
        if times > 0 { subtracted.append(UInt32(bar)) } else { added.append(UInt32(bar)) }
      }
    }
  }

  init(_ resamples: [OfResample]) {
    var starts = [0]
    var rows: [UInt32] = []
    for resample in resamples {
      rows += resample.added
      starts.append(rows.count)
      rows += resample.subtracted
      starts.append(rows.count)
    }
    self.starts = starts
    self.rows = rows
  }

  /// Sets `sums` to those of `count` resamples from `first` on.
  @unsafe func sum(
    _ first: Int, _ count: Int, of running: UnsafePointer<UInt32>, rows ofRunning: Int,
    into sums: UnsafeMutablePointer<Double>
  ) {
    precondition(first >= 0 && 2 * (first + count) < starts.count, "resamples of these")
    unsafe starts.withUnsafeBufferPointer { starts in
      unsafe rows.withUnsafeBufferPointer { rows in
        guard let start = starts.baseAddress else { return }
        let changes = unsafe fluke_resample_changes(starts: start + 2 * first, rows: rows.baseAddress)
        unsafe fluke_resample_sum_changes(changes, ofRunning, running, count, sums)
      }
    }
  }
}
