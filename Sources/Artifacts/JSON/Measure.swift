/// A `Double` that may be undefined: `null` in JSON, NaN in memory.
///
/// JSON has no NaN, and an encoder that meets one throws. Properties of encoded types that can be undefined
/// are `Measure`, all others stay `Double`. An infinity is written as `null` too, so it comes back as NaN.
public struct Measure: Codable, Sendable, ExpressibleByFloatLiteral {
  /// The number, NaN where it is undefined.
  public let value: Double

  public init(_ value: Double) {
    self.value = value
  }

  public init(floatLiteral value: Double) {
    self.value = value
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    value = container.decodeNil() ? .nan : try container.decode(Double.self)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if value.isFinite { try container.encode(value) } else { try container.encodeNil() }
  }
}

extension Measure: Equatable {
  /// Whether both are the same number or both are undefined.
  public static func == (left: Measure, right: Measure) -> Bool {
    left.value == right.value || (left.value.isNaN && right.value.isNaN)
  }
}
