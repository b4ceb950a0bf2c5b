/// How long work that is counted in equal pieces may still take, by what it took so far.
public struct TimeLeft: Sendable {
  private let total: Int
  private let doneBefore: Int
  private let start: Double

  /// Of a sample so small the first pieces, which warm up, are too large a part.
  private static let fewestPieces = 3
  /// Work that ends sooner is over before the estimate is read.
  private static let shortest = 1.0

  /// - Parameters:
  ///   - doneBefore: the pieces of `total` that took no time, since an earlier run has done them.
  ///   - start: seconds on the clock of ``text(done:now:)``.
  public init(total: Int, doneBefore: Int, start: Double) {
    self.total = total
    self.doneBefore = doneBefore
    self.start = start
  }

  /// `, 2 min left`, or nothing where it cannot be told or is no matter.
  public func text(done: Int, now: Double) -> String {
    guard done - doneBefore >= Self.fewestPieces else { return "" }
    let seconds = (now - start) / Double(done - doneBefore) * Double(total - done)
    guard seconds >= Self.shortest else { return "" }
    let whole = Int(min(seconds, 1e9).rounded(.up))
    switch whole {
    case ..<60: return ", \(whole) s left"
    case ..<3_600: return ", \((whole + 59) / 60) min left"
    default: return ", \(whole / 3_600) h \(whole % 3_600 / 60) min left"
    }
  }
}
