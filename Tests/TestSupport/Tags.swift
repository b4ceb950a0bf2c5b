import Testing

extension Tag {
  /// Takes seconds: a calibration, which continuous integration runs all the same.
  @Tag public static var slow: Self
}
