// The date picker of Wagtail 8.0.1 writes today over what it cannot read when the field loses focus.
// The form reads more than the picker does, and says what neither can.
// https://github.com/wagtail/wagtail/issues/8056
jQuery.fn.datetimepicker.defaults.validateOnBlur = false;
