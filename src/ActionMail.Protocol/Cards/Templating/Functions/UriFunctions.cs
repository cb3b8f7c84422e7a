using static ActionMail.Protocol.Cards.Templating.TemplateFunction;

namespace ActionMail.Protocol.Cards.Templating;

/// <summary>Parts of absolute URIs. RFC 3986 §3.</summary>
internal static class UriFunctions
{
    public static readonly TemplateFunction[] Table =
    [
        Part("uriScheme", uri => uri.Scheme),
        Part("uriHost", uri => uri.IdnHost),
        Part("uriPort", uri => uri.Port >= 0 ? uri.Port : TemplateValue.Missing),
        Part("uriPath", uri => uri.AbsolutePath),
        Part("uriQuery", uri => uri.Query),
        Part("uriPathAndQuery", uri => uri.PathAndQuery),
    ];

    private static TemplateFunction Part(string name, Func<Uri, TemplateValue> part) => Of(name, 1, 1, args =>
        args[0] is TemplateValue.Text(var text) && Uri.TryCreate(text, UriKind.Absolute, out var uri) ? part(uri) : args.Wrong(0, "an absolute URI"));
}
