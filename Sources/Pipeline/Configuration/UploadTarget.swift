/// Where a sweep's artifacts go besides, by the variables of the classic pipeline.
public enum UploadTarget {
  /// `s3://` and the bucket of `S3_BUCKET` where `USE_S3` is `true`; `nil` where it is not.
  ///
  /// - Throws: ``ConfigurationError/notTogether(option:with:remedy:)`` for `USE_S3` without a bucket.
  public static func classic(_ variables: [String: String]) throws(ConfigurationError) -> String? {
    guard variables["USE_S3"]?.lowercased() == "true" else { return nil }
    guard let bucket = variables["S3_BUCKET"], !bucket.isEmpty else {
      throw .notTogether(
        option: "upload", with: "USE_S3=true and no S3_BUCKET", remedy: "set S3_BUCKET or give --upload URL")
    }
    return "s3://\(bucket)"
  }
}
