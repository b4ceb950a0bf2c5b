/// Times work by a clock that it is given.
public struct Stopwatch: Sendable {
  /// How much patience there is.
  public struct Effort: Equatable, Sendable {
    /// Repeats at least.
    public var fewest: Int
    /// Repeats at most.
    public var most: Int
    /// Further repeats are begun until so many seconds have passed.
    public var seconds: Double

    public init(fewest: Int, most: Int, seconds: Double) {
      precondition(1 <= fewest && fewest <= most, "at least one repeat")
      self.fewest = fewest
      self.most = most
      self.seconds = seconds
    }

    /// The patience with one of `count` parts of the repeats, rounded up.
    func part(of count: Int) -> Effort {
      Effort(
        fewest: (fewest + count - 1) / count, most: (most + count - 1) / count,
        seconds: seconds / Double(count))
    }
  }

  /// Seconds on a clock that only goes forward.
  public let clock: @Sendable () -> Double
  /// How often work is repeated.
  public let effort: Effort

  public init(clock: @escaping @Sendable () -> Double, effort: Effort) {
    self.clock = clock
    self.effort = effort
  }

  /// The same clock with other patience.
  public func with(_ effort: Effort) -> Stopwatch { Stopwatch(clock: clock, effort: effort) }

  /// Does `work` again and again.
  ///
  /// - Parameter prepare: done before each repeat, and not timed.
  public func sample(preparing prepare: () -> Void = {}, _ work: () throws -> Void) rethrows -> Sample {
    var seconds: [Double] = []
    var total = 0.0
    while seconds.count < effort.fewest || (seconds.count < effort.most && total < effort.seconds) {
      prepare()
      let start = clock()
      try work()
      let taken = clock() - start
      seconds.append(taken)
      total += taken
    }
    return Sample(seconds)
  }
}
