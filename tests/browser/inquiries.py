"""Inquiries that the tests of the page type, paste and drop: inventions of their own."""

from tests.end_to_end.office import INQUIRY

__all__ = ["CHINESE", "HOSTILE", "INQUIRY", "SAMPLES_PLEASE"]

SAMPLES_PLEASE = (
    "Dear sir, please send us free samples by DHL, shipping paid by you. We need no price list now. "
    "After we see the samples we make a very big order."
)
CHINESE = (
    "你好，我们是一家贸易公司，请发两套免费样品，运费由贵司承担，暂时不需要报价。"
    "看到样品以后会下大单。收件人：周先生，电话 138 0000 0000。"
)
HOSTILE = (
    "<img src=x onerror=alert(1)> <script>alert(2)</script> <b>bold</b> &lt;i&gt; "
    "[link](javascript:alert(3)) <!channel> <@U0DAVID0001> *star* javascript:alert(4) "
    "Please quote 500 pcs of <iframe src=//evil.example> LED lamps FOB Ningbo, urgent."
)
