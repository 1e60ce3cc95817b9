# The number of tasks. Application Auto Scaling owns it in every case: registering the target moves the service into
# the range from min to max at once, so a changed minimum takes effect also when the number is fixed (min = max), and
# an apply never undoes what autoscaling decided.
# https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html

resource "aws_appautoscaling_target" "this" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${local.cluster_name}/${aws_ecs_service.this.name}"
  min_capacity       = local.min_tasks
  max_capacity       = local.max_tasks
  tags               = local.tags

  lifecycle {
    # A service of the same name is still another service, without target and policy.
    replace_triggered_by = [aws_ecs_service.this.id]
  }
}

resource "aws_appautoscaling_policy" "requests" {
  count = var.scaling.requests_target == null ? 0 : 1

  name               = "${var.name}-requests"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.this.service_namespace
  scalable_dimension = aws_appautoscaling_target.this.scalable_dimension
  resource_id        = aws_appautoscaling_target.this.resource_id

  target_tracking_scaling_policy_configuration {
    target_value       = var.scaling.requests_target
    scale_out_cooldown = 60
    scale_in_cooldown  = 300

    predefined_metric_specification {
      predefined_metric_type = "ALBRequestCountPerTarget"
      resource_label         = "${local.load_balancer.arn_suffix}/${aws_lb_target_group.this.arn_suffix}"
    }
  }

  lifecycle {
    replace_triggered_by = [aws_appautoscaling_target.this.id]
  }
}

resource "aws_appautoscaling_policy" "cpu" {
  count = local.max_tasks > local.min_tasks ? 1 : 0

  name               = "${var.name}-cpu"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.this.service_namespace
  scalable_dimension = aws_appautoscaling_target.this.scalable_dimension
  resource_id        = aws_appautoscaling_target.this.resource_id

  target_tracking_scaling_policy_configuration {
    target_value       = var.scaling.cpu_target
    scale_out_cooldown = 60
    scale_in_cooldown  = 300

    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }

  lifecycle {
    replace_triggered_by = [aws_appautoscaling_target.this.id]
  }
}
