/// A figure with the interval that tells how far it can be trusted.
public struct Estimate: Equatable, Sendable {
  /// The figure; NaN when it is undefined.
  public let value: Double
  /// The lower end of its interval; NaN when there is none.
  public let lower: Double
  /// The upper end of its interval; NaN when there is none.
  public let upper: Double

  /// See the properties of the same names.
  public init(_ value: Double, lower: Double = .nan, upper: Double = .nan) {
    self.value = value
    self.lower = lower
    self.upper = upper
  }
}
