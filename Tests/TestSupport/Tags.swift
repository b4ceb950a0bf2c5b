import Testing

extension Tag {
  /// Takes seconds: calibration over many seeds.
  @Tag public static var slow: Self
}
