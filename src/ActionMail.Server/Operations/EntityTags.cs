using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace ActionMail.Server.Operations;

/// <summary>What an If-Match says about the version that is there: exactly one of the cases below. RFC 9110 §13.1.1.</summary>
internal enum Precondition
{
    /// <summary>There is none; a route that changes what others change too asks for one. RFC 6585 §3.</summary>
    Missing,
    Holds,
    Fails,
}

/// <summary>Versions as entity tags: strong ones, since a version is one content and no other. RFC 9110 §8.8.3.</summary>
internal static class EntityTags
{
    extension(HttpContext http)
    {
        /// <summary>Says which version the answer is.</summary>
        public void TagAnswer(string version) => http.Response.Headers.ETag = Quoted(version);

        /// <summary>Whether the asker has this version already. Weak comparison, RFC 9110 §13.1.2.</summary>
        public bool HasVersion(string version) =>
            TagsOf(http.Request.Headers.IfNoneMatch) is { } tags && tags.Any(tag => tag.Tag == "*" || tag.Tag == Quoted(version));

        /// <summary>Whether the asker wants to change this version. Strong comparison; what cannot be read matches nothing.</summary>
        public Precondition WantsToChange(string version)
        {
            if (http.Request.Headers.IfMatch.Count == 0)
                return Precondition.Missing;
            var tags = TagsOf(http.Request.Headers.IfMatch);
            return tags is not null && tags.Any(tag => tag.Tag == "*" || (!tag.IsWeak && tag.Tag == Quoted(version))) ? Precondition.Holds : Precondition.Fails;
        }
    }

    private static string Quoted(string version) => $"\"{version}\"";

    private static IList<EntityTagHeaderValue>? TagsOf(StringValues header) => EntityTagHeaderValue.TryParseList(header, out var tags) ? tags : null;
}
