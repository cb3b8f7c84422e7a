using Microsoft.AspNetCore.Mvc;

namespace ActionMail.Server.Operations;

/// <summary>Why a route may say no: codes of <see cref="ApiCodes"/>, for the OpenAPI document.</summary>
internal sealed record RouteRefusals(string[] Codes);

/// <summary>A header that a route reads.</summary>
internal sealed record RouteHeader(string Name, string Description);

/// <summary>An answer without a body.</summary>
internal sealed record RouteAnswer(int Status, string Description);

/// <summary>How a route is described in the OpenAPI document, beside where it is mapped.</summary>
internal static class ApiDescriptions
{
    extension(RouteHandlerBuilder route)
    {
        public RouteHandlerBuilder Describe(string summary, string description) => route.WithSummary(summary).WithDescription(description);

        public RouteHandlerBuilder Answers<T>(int status = StatusCodes.Status200OK) => route.Produces<T>(status);

        public RouteHandlerBuilder Answers<T>(string contentType) => route.Produces<T>(StatusCodes.Status200OK, contentType);

        public RouteHandlerBuilder Answers(int status, string description) => route.WithMetadata(new RouteAnswer(status, description));

        public RouteHandlerBuilder Refuses(params string[] codes) => route.WithMetadata(new RouteRefusals(codes));

        public RouteHandlerBuilder TakesHeader(string name, string description) => route.WithMetadata(new RouteHeader(name, description));

        /// <summary>The largest body, in bytes.</summary>
        public RouteHandlerBuilder Takes(int bytes) => route.WithMetadata(new RequestSizeLimitAttribute(bytes));
    }
}
