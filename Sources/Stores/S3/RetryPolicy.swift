/// When a request that failed is sent again: with full jitter, a wait of anything between nothing and a bound that
/// doubles, so that many who were turned away together do not come back together.
///
/// Reference: M. Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog, 2015.
public struct RetryPolicy: Sendable {
  /// How often a request is sent at most.
  public let attempts: Int
  /// The bound of the first wait, in seconds.
  public let firstBound: Double
  /// No wait is longer than this, in seconds.
  public let longestBound: Double
  /// Waits so many seconds.
  let sleep: @Sendable (Double) throws -> Void
  /// A number from 0 to below 1, each as likely as any other.
  let random: @Sendable () -> Double

  /// More attempts than this would be an attack.
  public static let mostAttempts = 100

  public init(
    attempts: Int = 8, firstBound: Double = 0.1, longestBound: Double = 10,
    sleep: @escaping @Sendable (_ seconds: Double) throws -> Void,
    random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
  ) {
    self.attempts = min(max(attempts, 1), Self.mostAttempts)
    self.firstBound = firstBound
    self.longestBound = longestBound
    self.sleep = sleep
    self.random = random
  }

  /// Seconds to wait after `failures` failures, 1 or more.
  func delay(after failures: Int) -> Double {
    var bound = firstBound
    for _ in 1..<max(failures, 1) where bound < longestBound { bound *= 2 }
    return random() * min(bound, longestBound)
  }

  /// The statuses of a server that is busy, broken or out of patience for the moment.
  static let transientStatuses: Set<Int> = [408, 429, 500, 502, 503, 504]

  /// Codes of other refusals which say that what arrived is not what was sent: the request is not at fault, its way was.
  static let damageCodes: Set<String> = [
    "BadDigest", "IncompleteBody", "RequestTimeout", "XAmzContentSHA256Mismatch",
  ]
}

extension Interruption {
  /// Waits so many seconds, or until it is asked to stop.
  ///
  /// - Throws: ``Interrupted``.
  @Sendable public func sleep(seconds: Double) throws(Interrupted) {
    var left = seconds
    while left > 0 {
      try check()
      SystemClock.sleep(seconds: min(left, 0.05))
      left -= 0.05
    }
    try check()
  }
}
