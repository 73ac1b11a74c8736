"""Drives alibabacloud_vpc20160428: signature v1 or acs3, always POST."""

import re
from importlib.metadata import version
from urllib.parse import urlsplit

from alibabacloud_tea_openapi import utils_models
from alibabacloud_vpc20160428 import models
from alibabacloud_vpc20160428.client import Client
from darabonba.runtime import RuntimeOptions

from protocol import Refused, described, failure_of, nested, serve


def filled(value):
    """A request's fields without those that were never set: the library lists empty lists among them."""
    if isinstance(value, dict):
        return {name: filled(each) for name, each in value.items() if each not in (None, [])}
    return [filled(each) for each in value] if isinstance(value, list) else value


def typed_request(operation, params):
    """A request object; None when the class has no field for a parameter."""
    try:
        fields = nested(params)
        request = getattr(models, operation + "Request")().from_map(fields)
        return request if filled(request.to_map()) == fields else None
    except (AttributeError, TypeError, ValueError):
        return None


def open_library(settings):
    if settings.get("method") == "GET":
        raise Refused("alibabacloud_vpc20160428 sends every call by POST; it has no GET")
    url = urlsplit(settings["endpoint"])
    client = Client(
        utils_models.Config(
            access_key_id=settings["accessKeyId"],
            access_key_secret=settings["accessKeySecret"],
            security_token=settings.get("securityToken"),
            region_id=settings["regionId"],
            endpoint=url.netloc,
            protocol=url.scheme,
            signature_algorithm="v2" if settings.get("signature") == "v1" else None,
            read_timeout=settings["timeoutMs"],
            connect_timeout=settings["timeoutMs"],
        )
    )

    def send(operation, params):
        method = getattr(client, re.sub(r"(?<!^)(?=[A-Z])", "_", operation).lower(), None)
        request = typed_request(operation, params)
        if method is not None and request is not None:
            response = method(request)
            return response.status_code, response.body.to_map()
        # What the generated methods rest on; it takes parameters as they are.
        response = client.call_api(
            utils_models.Params(
                action=operation,
                version="2016-04-28",
                protocol="HTTPS",
                pathname="/",
                method="POST",
                auth_type="AK",
                style="RPC",
                req_body_type="formData",
                body_type="json",
            ),
            utils_models.OpenApiRequest(query=dict(params)),
            RuntimeOptions(),
        )
        return response.get("statusCode"), response.get("body")

    def perform(operation, params):
        try:
            status, body = send(operation, params)
            return {"kind": "returned", "status": status, "body": body}
        except Exception as error:  # whatever a caller would see is an answer
            data = getattr(error, "data", None)
            if not isinstance(data, dict) or not data:
                return {"kind": "threw", "error": described(error, failure=failure_of(error))}
            told = {
                "code": error.code,
                "status": getattr(error, "status_code", None) or getattr(error, "statusCode", None),
                "requestId": getattr(error, "request_id", None),
                # The library adds the status to the body that it hands out.
                "data": {name: value for name, value in data.items() if name != "statusCode"},
            }
            return {"kind": "threw", "error": described(error, **told)}

    return perform


if __name__ == "__main__":
    serve(open_library, "alibabacloud_vpc20160428", version("alibabacloud_vpc20160428"))
