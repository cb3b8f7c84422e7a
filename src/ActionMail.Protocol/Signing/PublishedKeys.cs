using System.Collections.Frozen;

namespace ActionMail.Protocol.Signing;

/// <summary>
/// Keys that examples are copied from, private half and all. The thumbprints are those of RFC 7638. The list is short on purpose: it has what
/// people who follow an example end up with, and is no collection of all broken keys.
/// </summary>
internal static class PublishedKeys
{
    private static readonly FrozenDictionary<string, string> Places = new Dictionary<string, string>
    {
        ["IsUn6_e04MaShXFIISMp4kG62LWzMIPy_MvSA5pJgX8"] = "RFC 7515, appendix A.2",
        ["oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U"] = "RFC 7515, appendix A.3",
        ["NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"] = "RFC 7517, appendix A.2",
        ["cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s"] = "RFC 7517, appendix A.2",
        ["9jg46WB3rR_AHD-EBXdN7cBkH1WOu0tA3M9fm21mqTI"] = "RFC 7520, section 3.4",
        ["oGDmHqCJ7yzMkWEkrlZVHkvrHIyQwtlDmeq5ForUHeY"] = "the RS256 example of jwt.io",
        ["19J8y7Zprt2-QKLjF2I5pVk0OELX6cY2AfaAv1LC_w8"] = "the ES256 example of jwt.io",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Where the key is published with its private half, or null.</summary>
    public static string? Where(string thumbprint) => Places.GetValueOrDefault(thumbprint);
}
