/// How long one piece of work took, each time that it was done.
public struct Sample: Equatable, Sendable {
  /// Seconds, in the order of the repeats; at least one.
  public let seconds: [Double]

  /// - Precondition: there is a repeat.
  public init(_ seconds: [Double]) {
    precondition(!seconds.isEmpty, "a repeat to look at")
    self.seconds = seconds
  }

  /// The middle one, or the mean of the two in the middle.
  public var median: Double {
    let sorted = seconds.sorted()
    let upper = sorted[sorted.count / 2]
    return sorted.count % 2 == 1 ? upper : (sorted[sorted.count / 2 - 1] + upper) / 2
  }

  /// The shortest.
  public var minimum: Double { seconds.min() ?? .nan }

  /// The longest.
  public var maximum: Double { seconds.max() ?? .nan }
}
