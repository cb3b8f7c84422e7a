using ActionMail.Cli.Terminal;
using ActionMail.Protocol.Signing;

namespace ActionMail.Cli.Keys;

/// <summary>A key that is to be registered. Only the public half may leave this machine.</summary>
internal static class PublicKeyFile
{
    /// <summary>The public key as text: what the file says, or the public half of a PEM private key.</summary>
    public static bool TryRead(string path, out string key, out string problem)
    {
        if (!InputFile.TryReadText(path, out key, out problem))
            return false;
        key = key.Trim();
        return PrivateKeyFile.IsPrivate(key)
            ? TryPublicHalf(path, ref key, out problem)
            : IsPublic(path, key, out problem);
    }

    /// <summary>Whether the text is a key that may be registered; the platform would say the same, but a private key must not even be sent.</summary>
    public static bool IsPublic(string path, string key, out string problem)
    {
        problem = PublicKeyText.Read(key) is KeyReading.Refused(_, var why)
            ? $"The key in {path} cannot be registered: {why}. 'actionmail key new' prints a public key that can."
            : "";
        return problem.Length == 0;
    }

    private static bool TryPublicHalf(string path, ref string key, out string problem)
    {
        if (!PrivateKeyFile.TryRead(path, out var pair, out problem))
            return false;
        using (pair)
            key = pair.PublicKeyToPem();
        return true;
    }
}
